package dev.unroll.services;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Finds the implementations of an interface that Unroll and its users register. */
public final class Services {
    private Services() {}

    /**
     * Looks up implementations by the class loader and the module layer of Unroll and by the class
     * loader of the calling thread. An implementation that several of them find is listed once.
     *
     * @param type the interface, which implementations name as {@link ServiceLoader} describes
     * @param name of an implementation
     * @param builtIn implementations that need no registration
     * @return the built-in implementations, then the registered ones, by their names
     * @throws IllegalStateException if two implementations have one name
     */
    public static <T> Map<String, T> byName(
            Class<T> type, Function<? super T, String> name, List<? extends T> builtIn) {
        Map<String, T> all = new LinkedHashMap<>();
        builtIn.forEach(service -> add(all, service, name));
        loaders(type).forEach(loader -> loader.forEach(service -> add(all, service, name)));
        return all;
    }

    private static <T> void add(Map<String, T> all, T service, Function<? super T, String> name) {
        T before = all.putIfAbsent(name.apply(service), service);
        if (before == null) {
            return;
        }
        String one = before.getClass().getName();
        String other = service.getClass().getName();
        if (!one.equals(other)) {
            throw new IllegalStateException(
                    "%s and %s are both named '%s'; rename one"
                            .formatted(one, other, name.apply(service)));
        }
    }

    /**
     * {@return what finds implementations of an interface of Unroll or of a library: the class
     * loader and the module layer of Unroll, and the class loader of the calling thread, if it
     * finds the interface itself} A thread may have the class loader of a container or of another
     * application. What that finds implements another copy of the interface, or none.
     */
    public static <T> List<ServiceLoader<T>> loaders(Class<T> type) {
        Module module = Services.class.getModule();
        module.addUses(type);
        List<ServiceLoader<T>> loaders = new ArrayList<>();
        loaders.add(ServiceLoader.load(type, Services.class.getClassLoader()));
        ModuleLayer layer = module.getLayer();
        if (layer != null) {
            loaders.add(ServiceLoader.load(layer, type));
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null && finds(context, type)) {
            loaders.add(ServiceLoader.load(type, context));
        }
        return loaders;
    }

    /**
     * {@return the implementations that are registered, each class once}
     *
     * @param type the interface, which implementations name as {@link ServiceLoader} describes
     */
    public static <T> List<T> all(Class<T> type) {
        Map<Class<?>, T> all = new LinkedHashMap<>();
        loaders(type)
                .forEach(
                        loader ->
                                loader.forEach(
                                        service -> all.putIfAbsent(service.getClass(), service)));
        return List.copyOf(all.values());
    }

    private static boolean finds(ClassLoader loader, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
