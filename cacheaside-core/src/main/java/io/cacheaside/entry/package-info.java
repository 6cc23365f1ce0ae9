/**
 * What is stored under a key, byte by byte. No I/O. Entry point: {@link io.cacheaside.entry.Frame},
 * which is read as a {@link io.cacheaside.entry.Lookup}.
 */
@NullMarked
package io.cacheaside.entry;

import org.jspecify.annotations.NullMarked;
