/**
 * Breaks Redis, the way to it and the JVMs that use it. {@link io.cacheaside.verification.faults.RespProxy} is the way to
 * Redis.
 */
@NullMarked
package io.cacheaside.verification.faults;

import org.jspecify.annotations.NullMarked;
