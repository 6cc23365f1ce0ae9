package io.cacheaside.boot;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.redisson.RedissonClients;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The Redisson client that the cache uses: the application's bean, or one of our own that is closed with the context.
 * Our own is no bean of its type: it is set up for a cache, and nobody else should come by it unawares.
 */
final class RedisHold implements AutoCloseable {

    /** Qualifier of the client to use where there are several. */
    static final String QUALIFIER = "cacheaside";

    private static final Logger log = LoggerFactory.getLogger(RedisHold.class);

    private final RedissonClient client;
    private final boolean own;

    private RedisHold(RedissonClient client, boolean own) {
        this.client = client;
        this.own = own;
    }

    /** A client of our own at {@code source}; it does not connect yet. */
    static RedisHold open(RedisSource source) {
        log.info("cacheaside uses {} ({})", source.settings(), source.origin());
        return new RedisHold(RedissonClients.create(source.settings()), true);
    }

    /**
     * The bean to use, null where there is none. It outlives {@code dependent}, a bean's name.
     *
     * @throws ConfigurationException where there are several and neither qualifier nor primary decides
     */
    static @Nullable RedisHold ofBean(ConfigurableListableBeanFactory beans, String dependent) {
        String name = beanName(beans);
        if (name == null) {
            return null;
        }
        beans.registerDependentBean(name, dependent);
        log.info("cacheaside uses the RedissonClient bean '{}'", name);
        return new RedisHold(beans.getBean(name, RedissonClient.class), false);
    }

    private static @Nullable String beanName(ConfigurableListableBeanFactory beans) {
        List<String> qualified = new ArrayList<>();
        String[] all = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, RedissonClient.class);
        for (String name : all) {
            if (BeanFactoryAnnotationUtils.isQualifierMatch(QUALIFIER::equals, name, beans)) {
                qualified.add(name);
            }
        }
        if (qualified.size() == 1) {
            return qualified.get(0);
        }
        try {
            return beans.resolveNamedBean(RedissonClient.class).getBeanName();
        } catch (NoUniqueBeanDefinitionException e) {
            throw new ConfigurationException("There are several RedissonClient beans (" + String.join(", ", all)
                    + "): mark the cache's one with @Qualifier(\"" + QUALIFIER + "\"), or one of them as @Primary");
        } catch (NoSuchBeanDefinitionException e) {
            return null;
        }
    }

    RedissonClient client() {
        return client;
    }

    @Override
    public void close() {
        if (own) {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }
}
