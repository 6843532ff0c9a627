package io.millrace.examples.rag;

import io.millrace.NonRetryableException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder of documents cannot be used; trying again would not help. */
public final class DocumentsException extends NonRetryableException {
  private static final long serialVersionUID = 1L;

  private DocumentsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static DocumentsException notAFolder(Path folder) {
    return new DocumentsException(
        "the documents' folder " + folder + " is not there or not a folder; " + WHAT_TO_DO, null);
  }

  static DocumentsException unreadable(Path place, Throwable cause) {
    return new DocumentsException(
        place + " cannot be read (" + cause + "); check its permissions, or " + WHAT_TO_DO, cause);
  }

  static DocumentsException empty(Path folder) {
    return new DocumentsException(
        "the documents' folder "
            + folder
            + " has no text in it (.md, .markdown, .txt, .adoc or .rst); put some there, or "
            + WHAT_TO_DO,
        null);
  }

  static DocumentsException outside(Path folder, String path) {
    return new DocumentsException(
        "the document " + path + " is outside the folder " + folder + "; it was not read", null);
  }

  private static final String WHAT_TO_DO =
      "name another folder with MILLRACE_RAG_FOLDER or as the step's argument";
}
