package dev.procession.manager;

import java.io.Serializable;

/** What all proxies for types of one's own have in common, besides the interface: they can be sent to other processes. */
public interface ManagedObject extends Serializable {

    /** {@return what is serialized instead of the proxy: where its object is} */
    Object writeReplace();
}
