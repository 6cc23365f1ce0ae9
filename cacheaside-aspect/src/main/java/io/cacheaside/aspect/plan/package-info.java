/**
 * What the annotations of one method mean, found out once and checked. Entry point:
 * {@link io.cacheaside.aspect.plan.Plans}, which turns an {@link io.cacheaside.aspect.plan.AnnotatedMethod} into an
 * immutable {@link io.cacheaside.aspect.plan.Plan} and collects the mistakes of all methods into one message.
 */
@NullMarked
package io.cacheaside.aspect.plan;

import org.jspecify.annotations.NullMarked;
