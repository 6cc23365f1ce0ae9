package io.cacheaside.codec;

import com.esotericsoftware.kryo.Registration;
import io.cacheaside.codec.Layout.Kind;
import io.cacheaside.error.CodecException;
import org.jspecify.annotations.Nullable;

/** A class as a tolerant payload describes it. No class is looked for before an object of it is wanted. */
final class Described {

    private final Registry registry;
    private final int id;
    private final @Nullable String name;
    private final Kind kind;
    private @Nullable Layout layout;
    private @Nullable Registration registration;

    Described(Registry registry, int id, @Nullable String name, Kind kind) {
        this.registry = registry;
        this.id = id;
        this.name = name;
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    void found(Layout written) {
        layout = written;
    }

    /** How its members were written; none where it has none. */
    Slot[] slots() {
        return layout == null ? new Slot[0] : layout.slots();
    }

    /**
     * How its objects are read here.
     *
     * @throws CodecException where the class is unknown here, not allowed, or changed in another way than by members that
     *     were added or removed
     */
    Registration registration() {
        if (registration == null) {
            registration = resolved();
        }
        return registration;
    }

    private Registration resolved() {
        Registration known = name == null ? registry.withId(id) : registry.named(name);
        if (known == null) {
            throw new CodecException("class id " + id + " is unknown for " + registry.rootName());
        }
        Layout here = registry.layout(known);
        if (here == null || layout == null) {
            if (here == null && layout == null) {
                return known;
            }
            throw another(known, "another kind of class");
        }
        if (here.kind() != kind || here.identity() != layout.identity()) {
            throw another(known, "another class, or has other supertypes,");
        }
        if (here.hasSameMembers(layout)) {
            return known;
        }
        try {
            Plan plan = Plan.of(layout, here);
            MemberSerializer serializer = (MemberSerializer) known.getSerializer();
            return new Registration(known.getType(), serializer.following(plan), id);
        } catch (CodecException e) {
            throw new CodecException(known.getType().getName() + ": " + e.getMessage(), e);
        }
    }

    private static CodecException another(Registration known, String what) {
        return new CodecException(known.getType().getName() + " is " + what + " where it was written");
    }
}
