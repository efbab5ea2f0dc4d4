using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TauPipeline.Tensors;

/// <summary>Where a matrix stands: its first value, and the steps to the next row and to the next column, in values.</summary>
internal readonly unsafe struct Matrix(float* at, nint row, nint column)
{
    public readonly float* At = at;
    public readonly nint Row = row, Column = column;

    /// <summary>The same matrix from another row and column on.</summary>
    public Matrix From(nint row, nint column) => new(At + row * Row + column * Column, Row, Column);
}

/// <summary>Six rows by sixteen columns of a product: twelve accumulators in registers.</summary>
internal static unsafe class MatrixTile
{
    public const int Rows = 6, Columns = 16;

    /// <summary>
    /// to = start + a b, or to += a b: each value by one fused multiply-add per step, in ascending order.
    /// There is no call below the loop: with one the JIT spills the accumulators in every turn (16 instead of 60 GFLOP/s).
    /// </summary>
    /// <param name="depth">Terms.</param>
    /// <param name="a">Where each row of the left matrix begins.</param>
    /// <param name="step">From one value of a row to the next.</param>
    /// <param name="b">The right matrix, sixteen values side by side.</param>
    /// <param name="bRow">From one of its rows to the next.</param>
    /// <param name="start">What the sums of each column begin with.</param>
    /// <param name="to">The product.</param>
    /// <param name="toRow">From one of its rows to the next.</param>
    /// <param name="add">Whether the product is added to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(nint depth, float** a, nint step, float* b, nint bRow, float* start, float* to, nint toRow, bool add)
    {
        float* a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4], a5 = a[5];
        Vector256<float> left = Vector256.Load(start), right = Vector256.Load(start + 8);
        Vector256<float> c00 = left, c01 = right, c10 = left, c11 = right, c20 = left, c21 = right;
        Vector256<float> c30 = left, c31 = right, c40 = left, c41 = right, c50 = left, c51 = right;
        for (nint at = 0; depth > 0; depth--, at += step, b += bRow)
        {
            left = Vector256.Load(b);
            right = Vector256.Load(b + 8);
            var one = Vector256.Create(a0[at]);
            c00 = Fma.MultiplyAdd(one, left, c00);
            c01 = Fma.MultiplyAdd(one, right, c01);
            one = Vector256.Create(a1[at]);
            c10 = Fma.MultiplyAdd(one, left, c10);
            c11 = Fma.MultiplyAdd(one, right, c11);
            one = Vector256.Create(a2[at]);
            c20 = Fma.MultiplyAdd(one, left, c20);
            c21 = Fma.MultiplyAdd(one, right, c21);
            one = Vector256.Create(a3[at]);
            c30 = Fma.MultiplyAdd(one, left, c30);
            c31 = Fma.MultiplyAdd(one, right, c31);
            one = Vector256.Create(a4[at]);
            c40 = Fma.MultiplyAdd(one, left, c40);
            c41 = Fma.MultiplyAdd(one, right, c41);
            one = Vector256.Create(a5[at]);
            c50 = Fma.MultiplyAdd(one, left, c50);
            c51 = Fma.MultiplyAdd(one, right, c51);
        }
        if (add)
        {
            float* old = to;
            c00 += Vector256.Load(old);
            c01 += Vector256.Load(old + 8);
            old += toRow;
            c10 += Vector256.Load(old);
            c11 += Vector256.Load(old + 8);
            old += toRow;
            c20 += Vector256.Load(old);
            c21 += Vector256.Load(old + 8);
            old += toRow;
            c30 += Vector256.Load(old);
            c31 += Vector256.Load(old + 8);
            old += toRow;
            c40 += Vector256.Load(old);
            c41 += Vector256.Load(old + 8);
            old += toRow;
            c50 += Vector256.Load(old);
            c51 += Vector256.Load(old + 8);
        }
        c00.Store(to);
        c01.Store(to + 8);
        to += toRow;
        c10.Store(to);
        c11.Store(to + 8);
        to += toRow;
        c20.Store(to);
        c21.Store(to + 8);
        to += toRow;
        c30.Store(to);
        c31.Store(to + 8);
        to += toRow;
        c40.Store(to);
        c41.Store(to + 8);
        to += toRow;
        c50.Store(to);
        c51.Store(to + 8);
    }
}
