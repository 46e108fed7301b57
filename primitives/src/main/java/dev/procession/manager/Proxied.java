package dev.procession.manager;

/** A proxy for one of the manager's own types. */
interface Proxied {
    Ref ref();
}
