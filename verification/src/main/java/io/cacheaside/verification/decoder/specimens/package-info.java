/** The classes whose frames are attacked; the only package that the attacked codec allows by name. */
@NullMarked
package io.cacheaside.verification.decoder.specimens;

import org.jspecify.annotations.NullMarked;
