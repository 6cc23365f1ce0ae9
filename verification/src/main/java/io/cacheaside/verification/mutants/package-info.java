/**
 * Proves that the history checker sees what it is there for: it is run against versions of the product that each have
 * one line of the protocol broken. Entry point: {@link io.cacheaside.verification.mutants.MutantsProof}.
 */
@NullMarked
package io.cacheaside.verification.mutants;

import org.jspecify.annotations.NullMarked;
