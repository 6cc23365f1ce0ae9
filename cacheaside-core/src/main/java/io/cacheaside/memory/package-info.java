/**
 * Adapters that keep everything in this JVM: for tests and for single-process applications. Entry point:
 * {@code MemorySlots}.
 */
@NullMarked
package io.cacheaside.memory;

import org.jspecify.annotations.NullMarked;
