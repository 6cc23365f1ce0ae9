/** The replay's own proof. Start with {@link io.cacheaside.samples.demo.CrowdTest}: it has to see stale pages. */
@NullMarked
package io.cacheaside.samples.demo;

import org.jspecify.annotations.NullMarked;
