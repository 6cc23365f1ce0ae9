package io.cacheaside.aspect.shop.unwoven;

import org.jspecify.annotations.Nullable;

/** Implements and overrides annotated methods without annotations of its own. */
public class PortAdapter extends Plain implements AnnotatedPort {

    @Override
    public @Nullable String port(long id) {
        return null;
    }

    @Override
    @Nullable
    String find(long id) {
        return null;
    }
}
