package io.cacheaside.aspect.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.aspect.shop.Product;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Results that cannot be cached, each told with what to return instead. */
class ReturnTypeMistakesTest extends Mistakes {

    static class Unsupported {

        @CacheAside(key = "a:#id")
        void nothing(long id) {}

        @CacheAside(key = "b:#id")
        CompletableFuture<Product> completable(long id) {
            return null;
        }

        @CacheAside(key = "c:#id")
        CompletionStage<Product> stage(long id) {
            return null;
        }

        @CacheAside(key = "d:#id")
        Future<Product> future(long id) {
            return null;
        }

        @CacheAside(key = "e:#id")
        Flow.Publisher<Product> publisher(long id) {
            return null;
        }

        @CacheAside(key = "f:#id")
        Stream<Product> stream(long id) {
            return null;
        }

        @CacheAside(key = "g:#id")
        Iterator<Product> iterator(long id) {
            return null;
        }

        @CacheAside(key = "h:#id")
        Iterable<Product> iterable(long id) {
            return null;
        }

        @CacheAside(key = "i:#id")
        Object object(long id) {
            return null;
        }

        @CacheAside(key = "j:#id")
        <T> List<T> open(long id) {
            return null;
        }

        @CacheAside(key = "k:#id")
        OptionalInt optionalInt(long id) {
            return OptionalInt.empty();
        }

        @CacheAside(key = "l:#id")
        Optional<Optional<Product>> nested(long id) {
            return Optional.empty();
        }

        @CacheAside(key = "m:#id")
        InputStream resource(long id) {
            return null;
        }
    }

    @Test
    void unsupportedReturnTypes_areExplained() {
        String at = " @CacheAside: the return type ";
        String later = " is a result that is not there yet, which is not supported: return the value itself";
        String used = " is used up by its first reader, so it cannot be cached: return a List or another collection";
        String product = "<" + Product.class.getName() + ">";
        assertThat(mistakes(Unsupported.class))
                .containsExactlyInAnyOrder(
                        where(Unsupported.class, "nothing(long) @CacheAside: ")
                                + "the method returns void, so there is nothing to cache",
                        where(Unsupported.class, "completable(long)")
                                + at
                                + CompletableFuture.class.getName()
                                + product
                                + later,
                        where(Unsupported.class, "stage(long)")
                                + at
                                + CompletionStage.class.getName()
                                + product
                                + later,
                        where(Unsupported.class, "future(long)") + at + Future.class.getName() + product + later,
                        where(Unsupported.class, "publisher(long)") + at + Flow.class.getName() + "$Publisher" + product
                                + " is a publisher, which loads at each subscription and is not supported: return the"
                                + " value itself",
                        where(Unsupported.class, "stream(long)") + at + Stream.class.getName() + product + used,
                        where(Unsupported.class, "iterator(long)") + at + Iterator.class.getName() + product + used,
                        where(Unsupported.class, "iterable(long)") + at + Iterable.class.getName() + product + used,
                        where(Unsupported.class, "object(long)") + at
                                + "Object does not say which classes may be stored: return the type that is meant",
                        where(Unsupported.class, "open(long)") + at
                                + "java.util.List<T> leaves T open, so nobody knows what is stored: return a type that"
                                + " says it",
                        where(Unsupported.class, "optionalInt(long)") + at
                                + "java.util.OptionalInt is not supported: return Optional<Integer>",
                        where(Unsupported.class, "nested(long) @CacheAside: ")
                                + "an Optional inside an Optional has two kinds of absence",
                        where(Unsupported.class, "resource(long)") + at + InputStream.class.getName() + used);
    }
}
