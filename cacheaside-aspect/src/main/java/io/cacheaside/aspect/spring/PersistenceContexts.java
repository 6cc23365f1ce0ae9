package io.cacheaside.aspect.spring;

import io.cacheaside.spi.TransactionBoundary.View;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * The persistence contexts that are bound to a thread outside a transaction, as open-in-view does it: each hands out
 * again the very objects that it has read before. Needs spring-orm.
 */
final class PersistenceContexts {

    private static final String HOLDER = "org.springframework.orm.jpa.EntityManagerHolder";
    private static final String FACTORY = "jakarta.persistence.EntityManagerFactory";

    private PersistenceContexts() {}

    /** Null without spring-orm. */
    static @Nullable PersistenceContexts find() {
        ClassLoader loader = PersistenceContexts.class.getClassLoader();
        return ClassUtils.isPresent(HOLDER, loader) && ClassUtils.isPresent(FACTORY, loader)
                ? new PersistenceContexts()
                : null;
    }

    /** Puts a new one in the place of each until the view is closed. */
    View fresh() {
        List<Replaced> replaced = new ArrayList<>();
        View view = () -> replaced.forEach(Replaced::restore);
        try {
            for (Map.Entry<Object, Object> bound : List.copyOf(
                    TransactionSynchronizationManager.getResourceMap().entrySet())) {
                if (bound.getKey() instanceof EntityManagerFactory factory
                        && bound.getValue() instanceof EntityManagerHolder holder) {
                    replaced.add(Replaced.replace(factory, holder));
                }
            }
            return replaced.isEmpty() ? View.NONE : view;
        } catch (RuntimeException e) {
            view.close();
            throw e;
        }
    }

    private record Replaced(EntityManagerFactory factory, EntityManagerHolder old, EntityManager fresh) {

        static Replaced replace(EntityManagerFactory factory, EntityManagerHolder old) {
            EntityManager fresh = factory.createEntityManager();
            TransactionSynchronizationManager.unbindResource(factory);
            TransactionSynchronizationManager.bindResource(factory, holderLike(old, fresh));
            return new Replaced(factory, old, fresh);
        }

        /** Hibernate's own transactions want a subclass. */
        private static EntityManagerHolder holderLike(EntityManagerHolder old, EntityManager context) {
            return old.getClass() == EntityManagerHolder.class
                    ? new EntityManagerHolder(context)
                    : (EntityManagerHolder)
                            BeanUtils.instantiateClass(old.getClass().getConstructors()[0], context);
        }

        void restore() {
            TransactionSynchronizationManager.unbindResourceIfPossible(factory);
            TransactionSynchronizationManager.bindResource(factory, old);
            EntityManagerFactoryUtils.closeEntityManager(fresh);
        }
    }
}
