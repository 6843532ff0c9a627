package io.millrace.examples.rag;

import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.examples.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Words the answer from the question and the passages: with a language model if one is configured,
 * else with the best sentences themselves. Its words appear on the stream as they come.
 */
public final class Synthesize {
  private final Optional<LanguageModel> model;
  private final Pace pace;

  public Synthesize() {
    this(ModelSettings.configured().map(LanguageModel::new), Pace.configured(Duration.ZERO));
  }

  Synthesize(Optional<LanguageModel> model, Pace pace) {
    this.model = model;
    this.pace = pace;
  }

  @Step(
      streams = {Progress.class, AnswerToken.class},
      retry = @Retry(maxAttempts = 4, delay = "2s", maxDelay = "20s"))
  public @Nullable Answer synthesize(SynthesizeInput event, RunContext context)
      throws InterruptedException {
    var both = context.collectEvents(event, QueryEvent.class, RetrieveEvent.class);
    if (both.isEmpty()) {
      return null; // the other one is still to come
    }
    String question = both.get().get(QueryEvent.class).query();
    List<RankedPassage> passages = both.get().get(RetrieveEvent.class).passages();
    context.writeEventToStream(
        new Progress("synthesize", "answering from " + passages.size() + " passages"));
    return answer(question, passages, context);
  }

  private Answer answer(String question, List<RankedPassage> passages, RunContext context)
      throws InterruptedException {
    if (model.isPresent() && !passages.isEmpty()) {
      return model
          .get()
          .answer(question, passages, token -> context.writeEventToStream(new AnswerToken(token)));
    }
    Answer answer = ExtractiveAnswer.of(question, passages);
    for (String token : answer.text().split("(?<=\\s)")) {
      pace.pause();
      context.writeEventToStream(new AnswerToken(token));
    }
    return answer;
  }

  public static void main(String[] args) {
    StepWorker.of("rag", new Synthesize()).run();
  }
}
