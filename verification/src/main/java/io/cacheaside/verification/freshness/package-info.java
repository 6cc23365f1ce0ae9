/**
 * What readers notice of the ends of an entry that is read all the time. Entry point: {@code FreshnessProof}.
 */
@NullMarked
package io.cacheaside.verification.freshness;

import org.jspecify.annotations.NullMarked;
