/**
 * What a cache promises: lifetimes, leases and waits, merged from configuration, annotation and defaults. Entry point:
 * {@link io.cacheaside.policy.CachePolicy}.
 */
@NullMarked
package io.cacheaside.policy;

import org.jspecify.annotations.NullMarked;
