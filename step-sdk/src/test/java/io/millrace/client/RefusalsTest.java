package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.InvalidStartException;
import io.millrace.InvalidWorkflowException;
import io.millrace.LimitExceededException;
import io.millrace.MalformedRequestException;
import io.millrace.NotRedrivableException;
import io.millrace.RunFinishedException;
import io.millrace.RunIdTakenException;
import io.millrace.UnknownRunException;
import io.millrace.UnknownStepException;
import io.millrace.UnknownWorkflowException;
import io.millrace.WorkflowException;
import io.millrace.protocol.RefusalCode;
import io.millrace.protocol.Refused;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalsTest {
  private static final Map<RefusalCode, Class<? extends WorkflowException>> NAMES =
      Map.of(
          RefusalCode.UNKNOWN_WORKFLOW, UnknownWorkflowException.class,
          RefusalCode.WRONG_START_TYPE, InvalidStartException.class,
          RefusalCode.RUN_ID_TAKEN, RunIdTakenException.class,
          RefusalCode.UNKNOWN_RUN, UnknownRunException.class,
          RefusalCode.RUN_FINISHED, RunFinishedException.class,
          RefusalCode.UNKNOWN_STEP, UnknownStepException.class,
          RefusalCode.MALFORMED_REQUEST, MalformedRequestException.class,
          RefusalCode.LIMIT_EXCEEDED, LimitExceededException.class,
          RefusalCode.NOT_REDRIVABLE, NotRedrivableException.class,
          RefusalCode.INVALID_WORKFLOW, InvalidWorkflowException.class);

  @ParameterizedTest
  @EnumSource(RefusalCode.class)
  void every_refusal_has_an_exception_of_its_own(RefusalCode code) {
    WorkflowException exception = Refusals.exception("r1", new Refused(code, "the reason"));

    assertThat(exception).isExactlyInstanceOf(NAMES.get(code));
    assertThat(exception).hasMessage("run r1: the reason");
  }
}
