/**
 * Customers of a system that somebody else runs, cached by calls alone: no annotation, no Spring, no weaving. Entry point:
 * {@link io.cacheaside.samples.clientonly.Customers}.
 */
@NullMarked
package io.cacheaside.samples.clientonly;

import org.jspecify.annotations.NullMarked;
