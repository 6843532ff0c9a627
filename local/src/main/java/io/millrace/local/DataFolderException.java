package io.millrace.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The broker's data folder cannot be used. */
public final class DataFolderException extends LocalException {

  private static final long serialVersionUID = 1L;

  private final Path folder;

  private DataFolderException(Path folder, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.folder = folder;
  }

  /** The folder in question, absolute. */
  public Path folder() {
    return folder;
  }

  static DataFolderException notAFolder(Path path) {
    return new DataFolderException(
        path,
        "The data folder " + path + " is a file. Name a folder; it is created if it is missing.",
        null);
  }

  static DataFolderException cannotCreate(Path folder, Throwable cause) {
    return new DataFolderException(
        folder,
        "The data folder "
            + folder
            + " cannot be created ("
            + cause
            + "). Name a folder below one that you may write to.",
        cause);
  }

  static DataFolderException notAccessible(Path folder, String access, @Nullable Throwable cause) {
    return new DataFolderException(
        folder,
        "The data folder "
            + folder
            + " is not "
            + access
            + " for user "
            + System.getProperty("user.name")
            + ". Change its owner or permissions, or name another folder.",
        cause);
  }

  static DataFolderException locked(Path folder, @Nullable Throwable cause) {
    return new DataFolderException(
        folder,
        "The data folder "
            + folder
            + " is in use by another broker that is still running. Stop that broker, or name another folder.",
        cause);
  }

  static DataFolderException foreign(Path folder, String why) {
    return new DataFolderException(
        folder,
        "The data folder "
            + folder
            + " was not made by an embedded broker: "
            + why
            + ". Nothing in it was touched. Name an empty or a new folder.",
        null);
  }

  static DataFolderException damaged(Path folder, String why, @Nullable Throwable cause) {
    return new DataFolderException(
        folder,
        "The data folder "
            + folder
            + " is damaged: "
            + why
            + ". Restore it from a copy, or delete it and start with an empty one.",
        cause);
  }
}
