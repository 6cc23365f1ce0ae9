/**
 * Breaks Redis, the way to it and the JVMs that use it, one fault after another, while readers and writers race. Entry
 * point: {@link io.cacheaside.verification.faults.FaultsProof}; {@link io.cacheaside.verification.faults.FaultRace} runs the
 * rounds, {@link io.cacheaside.verification.faults.RespProxy} is the way to Redis.
 */
@NullMarked
package io.cacheaside.verification.faults;

import org.jspecify.annotations.NullMarked;
