@NullMarked
package io.cacheaside.samples.clientonly;

import org.jspecify.annotations.NullMarked;
