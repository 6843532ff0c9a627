package io.millrace.observe;

import io.millrace.config.MillraceConfig;

/** Makes observers; found by {@link java.util.ServiceLoader}. */
public interface ObserverFactory {
  /**
   * An observer as the configuration asks for it; {@link Observer#NONE} if it asks for none.
   *
   * @throws io.millrace.config.InvalidConfigException for a setting that makes no sense
   */
  Observer create(MillraceConfig config, String name);
}
