/** About the AWS SDK itself, not about an account. */
const harmless = /^AWS_SDK_JS_/;

/**
 * The environment of the daemon: everything but what leads to the person's own account. It would be wrong there,
 * and already the name of a profile that is not in moto's view of the files makes each of its answers an error.
 */
export function daemonEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(
        Object.entries(env).filter(([name]) => !name.startsWith("AWS_") || harmless.test(name)),
    );
}
