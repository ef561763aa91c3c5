/* SPDX-License-Identifier: Apache-2.0 */
/* The heart as a function of what bathes it: cells of the ventricle, the wall they make, what an electrode before the chest
 * sees of it, the way from the sinus node to the wall.
 *
 * Three levels: the cell (heart_cell.h); `wall`, a chain across the wall from the steady state of its cells, with its
 * electrocardiogram, after QRS that of many that recover one after the other; and lookup/heart_lookup.h, a table of the wall. */
#ifndef ML_TISSUE_HEART_H
#define ML_TISSUE_HEART_H

#include "tissue/heart_cell.h"

typedef struct MlHeartInput {
    MlBath bath;
    double cycle; /* between beats, ms */
} MlHeartInput;

/* READ(id, unit, text): what the wall tells. */
#define ML_HEART_READ(READ)                                                                                  \
    READ(rest, "mV", "Resting potential, endocardium")                                                       \
    READ(rise, "V/s", "Greatest rise of the potential, endocardium, of a cell struck by itself")             \
    READ(duration, "ms", "Action potential to 90 % of the way back, middle of the wall")                      \
    READ(velocity, "cm/s", "Conduction across the wall; 0: blocked")                                         \
    READ(repolarized, "ms", "From the stimulus to the end of the T wave")                                    \
    READ(t_peak, "ms", "From the stimulus to the summit of the T wave")                                      \
    READ(t_wave, "1", "Height of the T wave, in the unit of the electrode")                                  \
    READ(after, "mV", "Early afterdepolarization: rise after the plateau, the greatest in the wall")

typedef struct MlHeartRead {
#define READ(id, unit, text) double id;
    ML_HEART_READ(READ)
#undef READ
} MlHeartRead;

MlHeartInput ml_heart_normal(void);

/* The wall, the last of some beats after others of its cells by themselves: a fifth of a second. wall: NULL where nobody draws it. */
enum { ML_HEART_SETTLING = 10, ML_HEART_WALL_BEATS = 5 };
void ml_heart_wall(const MlHeartInput *in, MlHeartRead *out, MlHeartWall *wall);
/* Eight at once. */
void ml_heart_walls(const MlHeartInput in[8], MlHeartRead out[8]);

#endif
