package io.cacheaside.codec;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.codec.Registry.NamedRegistration;
import io.cacheaside.error.CodecException;
import org.jspecify.annotations.Nullable;

/** Writes classes as 0 for null, 1 and name and fingerprint for classes of allowed packages, else their id. */
@SuppressWarnings("rawtypes") // as Kryo's interface
final class RegistryResolver implements ClassResolver {

    private static final int NULL = 0;
    private static final int BY_NAME = 1;

    private final Registry registry;

    /** Kryo's constructor registers classes and would overwrite the serializers of those that it finds. */
    private boolean open;

    RegistryResolver(Registry registry) {
        this.registry = registry;
    }

    /** From now on the registry's classes are seen. */
    void open() {
        open = true;
    }

    Registry registry() {
        return registry;
    }

    @Override
    public @Nullable Registration writeClass(Output output, @Nullable Class type) {
        if (type == null) {
            output.writeByte(NULL);
            return null;
        }
        Registration registration = require(type);
        if (registration instanceof NamedRegistration named) {
            if (!registry.isNameable(named)) {
                throw new CodecException(type.getName() + " is in no allowed package");
            }
            output.writeVarInt(BY_NAME, true);
            Text.write(output, named.getType().getName());
            output.writeLong(named.fingerprint());
        } else {
            output.writeVarInt(registration.getId(), true);
        }
        return registration;
    }

    @Override
    public @Nullable Registration readClass(Input input) {
        int id = input.readVarInt(true);
        if (id == NULL) {
            return null;
        }
        if (id == BY_NAME) {
            return registry.withName(((BoundedInput) input).readText(), input.readLong());
        }
        Registration registration = registry.withId(id);
        if (registration == null) {
            throw new CodecException("class id " + id + " is unknown for " + registry.rootName());
        }
        return registration;
    }

    private Registration require(Class<?> type) {
        Registration registration = registry.withClass(type);
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
        // nothing is kept for one graph
    }
}
