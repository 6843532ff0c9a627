package io.millrace.coordinator.codec;

import io.millrace.coordinator.core.StateValue;
import io.millrace.coordinator.core.StepEffect;
import io.millrace.protocol.AppendState;
import io.millrace.protocol.Collect;
import io.millrace.protocol.Effect;
import io.millrace.protocol.EmitEvent;
import io.millrace.protocol.IncrementState;
import io.millrace.protocol.OpenFanOut;
import io.millrace.protocol.RemoveState;
import io.millrace.protocol.SetState;
import io.millrace.protocol.TypeRun;
import io.millrace.protocol.UpdateState;
import java.util.List;

/** What an attempt did, both ways. */
final class StepEffectCodec {
  private StepEffectCodec() {}

  static List<StepEffect> fromAvro(List<Effect> effects) {
    return Values.list(effects, effect -> fromAvro(effect.getBody()));
  }

  static List<Effect> toAvro(List<StepEffect> effects) {
    return Values.list(effects, effect -> new Effect(toAvro(effect)));
  }

  private static StepEffect fromAvro(Object body) {
    if (body instanceof EmitEvent e) {
      return new StepEffect.Emit(Values.event(e.getEvent()), e.getToStep(), e.getFanOut());
    }
    if (body instanceof SetState e) {
      return new StepEffect.SetState(e.getKey(), Values.state(e.getValue()));
    }
    if (body instanceof RemoveState e) {
      return new StepEffect.RemoveState(e.getKey());
    }
    if (body instanceof IncrementState e) {
      return new StepEffect.IncrementState(e.getKey(), Values.state(e.getBy()));
    }
    if (body instanceof AppendState e) {
      return new StepEffect.AppendState(e.getKey(), Values.bytes(e.getValue()));
    }
    if (body instanceof UpdateState e) {
      io.millrace.protocol.StateValue value = e.getValue();
      return new StepEffect.UpdateState(
          e.getKey(), e.getExpectedVersion(), value == null ? null : Values.state(value));
    }
    if (body instanceof Collect e) {
      return new StepEffect.Collect(
          e.getBufferId(),
          Values.list(e.getTypes(), t -> new StepEffect.TypeRun(t.getType(), t.getCount())),
          e.getCorrelation(),
          e.getSatisfied());
    }
    if (body instanceof OpenFanOut e) {
      return new StepEffect.OpenFanOut(e.getSize());
    }
    throw new UnreadableRecordException("an effect of an unknown kind: " + body);
  }

  private static Object toAvro(StepEffect effect) {
    if (effect instanceof StepEffect.Emit e) {
      return new EmitEvent(Values.event(e.event()), e.toStep(), e.fanOut());
    }
    if (effect instanceof StepEffect.SetState e) {
      return new SetState(e.key(), Values.state(e.value()));
    }
    if (effect instanceof StepEffect.RemoveState e) {
      return new RemoveState(e.key());
    }
    if (effect instanceof StepEffect.IncrementState e) {
      return new IncrementState(e.key(), Values.raw(e.by()));
    }
    if (effect instanceof StepEffect.AppendState e) {
      return new AppendState(e.key(), Values.buffer(e.value()));
    }
    if (effect instanceof StepEffect.UpdateState e) {
      StateValue value = e.value();
      return new UpdateState(
          e.key(), e.expectedVersion(), value == null ? null : Values.state(value));
    }
    if (effect instanceof StepEffect.Collect e) {
      return new Collect(
          e.bufferId(),
          Values.list(e.types(), t -> new TypeRun(t.type(), t.count())),
          e.correlation(),
          e.satisfied());
    }
    return new OpenFanOut(((StepEffect.OpenFanOut) effect).size());
  }
}
