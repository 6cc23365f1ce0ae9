/**
 * Key templates: parsed and checked at start, rendered without reflection at run time. Different arguments never
 * render the same key. Entry point: {@code KeyTemplate}.
 */
@NullMarked
package io.cacheaside.key;

import org.jspecify.annotations.NullMarked;
