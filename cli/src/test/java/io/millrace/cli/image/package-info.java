/** What is put into images. */
@NullMarked
package io.millrace.cli.image;

import org.jspecify.annotations.NullMarked;
