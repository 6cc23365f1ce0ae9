package io.cacheaside.codec;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.codec.Registry.NamedRegistration;
import io.cacheaside.error.CodecException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes classes as 0 for null, 1 and name and fingerprint for classes of allowed packages, else their id. Tolerant formats
 * write them as {@link Layouts} does.
 */
@SuppressWarnings("rawtypes") // as Kryo's interface
final class RegistryResolver implements ClassResolver {

    private static final int NULL = 0;
    private static final int BY_NAME = 1;

    /** Bytes that looking for a class allocates. */
    private static final int NAMED = 256;

    private final Registry registry;
    private final @Nullable Layouts layouts;

    /** Kryo's constructor registers classes and would overwrite the serializers of those that it finds. */
    private boolean open;

    /** What was asked for last: Kryo asks several times for one object. */
    private @Nullable Class<?> lastType;

    private @Nullable Registration last;

    RegistryResolver(Registry registry) {
        this.registry = registry;
        this.layouts = registry.evolution() == Evolution.TOLERANT ? new Layouts(registry) : null;
    }

    /** From now on the registry's classes are seen. */
    void open() {
        open = true;
    }

    Registry registry() {
        return registry;
    }

    /** False for values without identity: two references to one of them may become two equal ones. */
    boolean isShared(Class<?> type) {
        return Registry.isShared(withClass(type));
    }

    private @Nullable Registration withClass(Class<?> type) {
        if (type != lastType) {
            last = registry.withClass(type);
            lastType = type;
        }
        return last;
    }

    @Override
    public @Nullable Registration writeClass(Output output, @Nullable Class type) {
        if (type == null) {
            output.writeByte(NULL);
            return null;
        }
        Registration registration = require(type);
        if (registration instanceof NamedRegistration named && !registry.isNameable(named)) {
            throw new CodecException(type.getName() + " is in no allowed package");
        }
        if (layouts != null) {
            layouts.write(output, registration);
        } else if (registration instanceof NamedRegistration named) {
            output.writeVarInt(BY_NAME, true);
            ((BoundedOutput) output).budget().charge(NAMED);
            Text.write(output, named.getType().getName());
            output.writeLong(named.fingerprint());
        } else {
            output.writeVarInt(registration.getId(), true);
        }
        return registration;
    }

    /** The class that a tolerant payload mentions next, which need not exist here; null for null. */
    @Nullable
    Described described(Input input) {
        return Objects.requireNonNull(layouts, "only tolerant payloads describe classes")
                .read(input);
    }

    @Override
    public @Nullable Registration readClass(Input input) {
        if (layouts != null) {
            Described described = layouts.read(input);
            return described == null ? null : described.registration();
        }
        int id = input.readVarInt(true);
        if (id == NULL) {
            return null;
        }
        if (id == BY_NAME) {
            BoundedInput bounded = (BoundedInput) input;
            bounded.budget().charge(NAMED);
            return registry.withName(bounded.readName(), input.readLong());
        }
        Registration registration = registry.withId(id);
        if (registration == null) {
            throw new CodecException("class id " + id + " is unknown for " + registry.rootName());
        }
        return registration;
    }

    private Registration require(Class<?> type) {
        Registration registration = withClass(type);
        if (registration == null) {
            throw new CodecException(
                    type.getName() + " is not among the classes allowed for values of " + registry.rootName());
        }
        return registration;
    }

    @Override
    public @Nullable Registration getRegistration(Class type) {
        return open ? require(type) : null;
    }

    @Override
    public @Nullable Registration getRegistration(int id) {
        return open ? registry.withId(id) : null;
    }

    @Override
    public Registration register(Registration registration) {
        return registration;
    }

    @Override
    public @Nullable Registration unregister(int id) {
        return null;
    }

    @Override
    public Registration registerImplicit(Class type) {
        throw new CodecException(type.getName() + " is not registered");
    }

    @Override
    public void setKryo(Kryo kryo) {
        // nothing is kept for one Kryo
    }

    @Override
    public void reset() {
        if (layouts != null) {
            layouts.reset();
        }
    }
}
