package dev.unroll.hosts.container;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads an application's own copy of a class first, as the specification of servlets asks for. */
final class ApplicationLoader extends URLClassLoader {
    private final ClassLoader container;

    ApplicationLoader(URL[] jars, ClassLoader container) {
        super(jars, container);
        this.container = container;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return ClassLoader.getPlatformClassLoader().loadClass(name);
            } catch (ClassNotFoundException notOfJava) {
                try {
                    return findClass(name);
                } catch (ClassNotFoundException notOfApplication) {
                    return container.loadClass(name);
                }
            }
        }
    }
}
