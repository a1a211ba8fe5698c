/** An error as AWS answers it: the front throws it, and writes it in the protocol of the call. */
export class AwsError extends Error {
    constructor(
        /** AWS's name of the error, such as `ClusterNotFoundException`. */
        readonly code: string,
        message: string,
        /** HTTP status. @default 400 */
        readonly status: number = 400,
    ) {
        super(message);
        this.name = code;
    }
}
