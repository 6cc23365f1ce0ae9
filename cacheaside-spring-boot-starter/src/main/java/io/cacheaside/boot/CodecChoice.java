package io.cacheaside.boot;

import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.boot.CacheAsideProperties.CodecKind;
import io.cacheaside.codec.JsonCodec;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.codec.Lz4Codec;
import io.cacheaside.spi.ValueCodec;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** The codecs that the properties ask for. Jackson is touched only where one of them is {@code json}. */
final class CodecChoice {

    private static final String JACKSON = "com.fasterxml.jackson.databind.json.JsonMapper";

    private CodecChoice() {}

    static boolean hasJackson() {
        return ClassUtils.isPresent(JACKSON, null);
    }

    static boolean hasLz4() {
        return ClassUtils.isPresent("net.jpountz.lz4.LZ4Factory", null);
    }

    /** A codec; null stands for Kryo. */
    static ValueCodec of(@Nullable CodecKind kind, CacheAsideProperties properties) {
        ValueCodec plain = plain(kind, properties);
        DataSize above = properties.codec().compressAbove();
        return above == null ? plain : new Lz4Codec(plain, Math.toIntExact(above.toBytes()));
    }

    private static ValueCodec plain(@Nullable CodecKind kind, CacheAsideProperties properties) {
        if (kind == CodecKind.JSON) {
            return new JsonCodec();
        }
        return KryoCodec.builder()
                .allowedPackages(properties.codec().allowedPackages().toArray(String[]::new))
                .evolution(properties.codec().evolution())
                .build();
    }

    /** Gives each cache that says so a codec of its own. */
    static void addTo(CacheAsideClientBuilder client, CacheAsideProperties properties) {
        properties.caches().forEach((name, settings) -> {
            if (settings.codec() != null) {
                client.codec(name, of(settings.codec(), properties));
            }
        });
    }
}
