/** Container images: what is put into them, in which layers, and how they are built. */
@NullMarked
package io.millrace.cli.image;

import org.jspecify.annotations.NullMarked;
