/**
 * Bytes that nobody trusted has written, through the door that readers use. Entry point:
 * {@link io.cacheaside.verification.decoder.DecoderProof}.
 */
@NullMarked
package io.cacheaside.verification.decoder;

import org.jspecify.annotations.NullMarked;
