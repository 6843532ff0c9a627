package io.millrace.local.registry;

import io.millrace.local.LocalException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder of a development registry cannot be used. Nothing in it was changed. */
public final class RegistryFolderException extends LocalException {
  private static final long serialVersionUID = 1L;

  private RegistryFolderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static RegistryFolderException notUsable(Path file, Throwable cause) {
    return new RegistryFolderException(
        "The registry's file %s cannot be opened for writing (%s). Name a folder that you may write to."
            .formatted(file, cause),
        cause);
  }

  static RegistryFolderException inUse(Path file, @Nullable Throwable cause) {
    return new RegistryFolderException(
        "The registry's file %s is in use by another development registry that is still running. Stop that one, or name another folder."
            .formatted(file),
        cause);
  }

  static RegistryFolderException damaged(Path file, int line, Throwable cause) {
    return new RegistryFolderException(
        "The registry's file %s is damaged in line %d: %s. Restore it from a copy, or delete it and let the schemas be registered again."
            .formatted(file, line, cause.getMessage()),
        cause);
  }
}
