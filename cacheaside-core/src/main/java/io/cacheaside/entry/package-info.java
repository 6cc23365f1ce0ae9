/**
 * What is stored under a key, byte by byte. Pure: no I/O, no clock. Entry point: {@code Frame}.
 */
@NullMarked
package io.cacheaside.entry;

import org.jspecify.annotations.NullMarked;
