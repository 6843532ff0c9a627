package io.millrace.observe.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** Attributes of spans. */
final class Keys {
  static final AttributeKey<String> RUN_ID = AttributeKey.stringKey("millrace.run_id");
  static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("millrace.workflow");
  static final AttributeKey<String> STEP = AttributeKey.stringKey("millrace.step");
  static final AttributeKey<String> EXECUTION_ID = AttributeKey.stringKey("millrace.execution_id");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("millrace.attempt");
  static final AttributeKey<Long> ROUND = AttributeKey.longKey("millrace.round");
  static final AttributeKey<String> EVENT_TYPE = AttributeKey.stringKey("millrace.event_type");
  static final AttributeKey<Long> DELAY = AttributeKey.longKey("millrace.dispatch_delay_ms");
  static final AttributeKey<Long> STREAMED = AttributeKey.longKey("millrace.streamed");
  static final AttributeKey<String> END = AttributeKey.stringKey("millrace.end");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private Keys() {}
}
