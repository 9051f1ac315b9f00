export declare const SAMPLE_RATE: number
export declare const TARGET_DECIBELS: number
export declare function samplesOf(file: Uint8Array): Float32Array
export declare function wavOf(samples: Float32Array): Buffer
export declare function decibelsOf(samples: Float32Array): number
export declare function trimmed(samples: Float32Array): Float32Array
export declare function levelled(samples: Float32Array): Float32Array
