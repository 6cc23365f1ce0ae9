/**
 * Adapters that keep everything in this JVM: for tests and for single-process applications. Entry point:
 * {@link io.cacheaside.memory.MemorySlots}.
 */
@NullMarked
package io.cacheaside.memory;

import org.jspecify.annotations.NullMarked;
