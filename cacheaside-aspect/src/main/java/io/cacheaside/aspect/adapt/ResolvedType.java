package io.cacheaside.aspect.adapt;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A parameterized type with other arguments than it was written with. Equal to the JDK's own of the same parts. */
record ResolvedType(ParameterizedType written, List<Type> arguments) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
        return written.getRawType();
    }

    @Override
    public @Nullable Type getOwnerType() {
        return written.getOwnerType();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterizedType type
                && getRawType().equals(type.getRawType())
                && Objects.equals(getOwnerType(), type.getOwnerType())
                && arguments.equals(List.of(type.getActualTypeArguments()));
    }

    @Override
    public int hashCode() {
        return arguments.hashCode()
                ^ Objects.hashCode(getOwnerType())
                ^ getRawType().hashCode();
    }

    @Override
    public String toString() {
        return getRawType().getTypeName()
                + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
}
