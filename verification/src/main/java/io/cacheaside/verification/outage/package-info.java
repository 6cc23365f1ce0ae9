/**
 * What callers notice while Redis stands still or is gone. Entry point: {@link
 * io.cacheaside.verification.outage.OutageProof}.
 */
@NullMarked
package io.cacheaside.verification.outage;

import org.jspecify.annotations.NullMarked;
