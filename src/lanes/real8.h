/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_LANES_REAL8_H
#define ML_LANES_REAL8_H

/* Eight people side by side, and the mask that a comparison of two such values gives (0 or -1 per lane).
 * Arrays of these need 64-byte alignment. */
typedef double MlReal8 __attribute__((vector_size(64)));
typedef long long MlMask8 __attribute__((vector_size(64)));

#endif
