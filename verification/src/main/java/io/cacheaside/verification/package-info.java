/**
 * Proofs on real Redis with several JVMs. Entry point: {@link io.cacheaside.verification.Verify}, which the script
 * {@code verify} starts.
 */
@NullMarked
package io.cacheaside.verification;

import org.jspecify.annotations.NullMarked;
