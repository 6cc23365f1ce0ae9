/**
 * What the race reads and writes: documents with a version each, cached in different ways. Entry point: {@link
 * io.cacheaside.verification.history.documents.Documents}. The annotated classes of this package run both proxied and
 * woven.
 */
@NullMarked
package io.cacheaside.verification.history.documents;

import org.jspecify.annotations.NullMarked;
