const readingVerbs = /^(Describe|Get|List|Search|Lookup|Head|Batch(Get|Check)|Discover|Simulate|Poll)/;

/** Whether an action may change something that a host, a service or a group looks at. */
export function isMutating(action: string): boolean {
    return action !== "" && !readingVerbs.test(action);
}
