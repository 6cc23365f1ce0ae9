/**
 * What goes wrong in a way that somebody has to mend: {@link io.cacheaside.error.ConfigurationException} at start,
 * {@link io.cacheaside.error.StrictWriteException} before a write, {@link io.cacheaside.error.CodecException} inside the
 * engine.
 */
@NullMarked
package io.cacheaside.error;

import org.jspecify.annotations.NullMarked;
