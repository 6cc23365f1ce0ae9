/** The plain shop as it was woven, on a real Redis and H2. */
@NullMarked
package io.cacheaside.samples.plainshop;

import org.jspecify.annotations.NullMarked;
