using System.Buffers;
using System.Runtime.Intrinsics;

namespace TauPipeline.Tensors;

/// <summary>
/// Products of matrices of float32 whose every value is its start plus its terms in ascending order, by fused multiply-add, in blocks
/// of a fixed depth: the bits depend neither on the processor (of those with AVX2 and FMA), nor on the number of threads, nor on
/// what other rows there are.
/// </summary>
internal static unsafe class MatrixProduct
{
    private const int Rows = MatrixTile.Rows, Columns = MatrixTile.Columns, Aligned = 16;

    // What of a stays in the first cache, in values, and below how many products a second thread costs more than it saves.
    private const int RowBlock = 12_288;
    private const long WorthAThread = 200_000;

    /// <summary>to (m, n; dense) = bias (n, or nothing) + a (m, k) b (k, n).</summary>
    /// <param name="size">m, n and k.</param>
    /// <param name="a">The left matrix.</param>
    /// <param name="b">The right one.</param>
    /// <param name="bias">n values, or null.</param>
    /// <param name="to">m times n values.</param>
    /// <param name="block">Terms that are summed apart before they are added: shorter ones are more exact.</param>
    /// <param name="threads">Most threads.</param>
    public static void Run((int M, int N, int K) size, Matrix a, Matrix b, float* bias, float* to, int block, int threads)
    {
        int strips = (size.M + Rows - 1) / Rows, parts = Math.Min(threads, strips);
        if (parts <= 1 || (long)size.M * size.N * size.K < WorthAThread)
        {
            Part(0, size.M, size, a, b, bias, to, block);
            return;
        }
        int rows = (strips + parts - 1) / parts * Rows;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
        {
            int first = part * rows, end = Math.Min(size.M, first + rows);
            if (first < end) Part(first, end, size, a, b, bias, to, block);
        });
    }

    /// <summary>to (n) = the sums of the columns of from (m, n; dense), in blocks of 128 rows.</summary>
    public static void ColumnSums(int m, int n, float* from, float* to)
    {
        const int block = 128;
        float[] rented = ArrayPool<float>.Shared.Rent(n);
        fixed (float* some = rented)
        {
            new Span<float>(to, n).Clear();
            for (int first = 0; first < m; first += block)
            {
                new Span<float>(some, n).Clear();
                for (int row = first; row < Math.Min(m, first + block); row++) Add(n, from + (nint)row * n, some);
                Add(n, some, to);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private static void Add(int n, float* from, float* to)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= n; i += Vector256<float>.Count)
            (Vector256.Load(to + i) + Vector256.Load(from + i)).Store(to + i);
        for (; i < n; i++) to[i] += from[i];
    }

    private static void Part(int first, int end, (int M, int N, int K) size, Matrix a, Matrix b, float* bias, float* to, int block)
    {
        int panels = (size.N + Columns - 1) / Columns, deepest = Math.Min(size.K, block);
        float[] rented = ArrayPool<float>.Shared.Rent(panels * Columns * (deepest + 1) + Columns + Aligned);
        fixed (float* memory = rented)
        {
            var packed = (float*)(((nint)memory + 63) & ~63);
            float* starts = packed + panels * Columns * deepest, zeros = starts + panels * Columns;
            for (int j = 0; j < panels * Columns; j++) starts[j] = bias != null && j < size.N ? bias[j] : 0;
            new Span<float>(zeros, Columns).Clear();
            int rows = Math.Max(Rows, RowBlock / Math.Max(deepest, 1) / Rows * Rows);
            for (int k = 0; k < size.K; k += block)
            {
                int depth = Math.Min(block, size.K - k);
                Matrix part = b.From(k, 0);
                int packFrom = part.Column == 1 ? size.N / Columns : 0;
                for (int panel = packFrom; panel < panels; panel++)
                    Pack(
                        packed + panel * Columns * depth,
                        part.From(0, panel * Columns),
                        depth,
                        Math.Min(Columns, size.N - panel * Columns));
                for (int row = first; row < end; row += rows)
                    for (int panel = 0; panel < panels; panel++)
                    {
                        bool isPacked = panel >= packFrom;
                        float* right = isPacked ? packed + panel * Columns * depth : part.At + panel * Columns;
                        nint step = isPacked ? Columns : part.Row;
                        float* start = k > 0 ? zeros : starts + panel * Columns;
                        for (int i = row; i < Math.Min(end, row + rows); i += Rows)
                            Tile(
                                Math.Min(Rows, end - i),
                                Math.Min(Columns, size.N - panel * Columns),
                                depth,
                                a.From(i, k),
                                right,
                                step,
                                start,
                                to + (nint)i * size.N + panel * Columns,
                                size.N,
                                k > 0);
                    }
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    // At the edges the tile works on a scratch of its own, and rows that are not there are the last one once more.
    private static void Tile(
        int rows,
        int columns,
        nint depth,
        Matrix a,
        float* b,
        nint bRow,
        float* start,
        float* to,
        nint toRow,
        bool add)
    {
        float** each = stackalloc float*[Rows];
        for (int i = 0; i < Rows; i++) each[i] = a.At + Math.Min(i, rows - 1) * a.Row;
        if (rows == Rows && columns == Columns)
        {
            MatrixTile.Run(depth, each, a.Column, b, bRow, start, to, toRow, add);
            return;
        }
        float* scratch = stackalloc float[Rows * Columns];
        if (add)
            for (int i = 0; i < rows; i++) Copy(to + i * toRow, scratch + i * Columns, columns);
        MatrixTile.Run(depth, each, a.Column, b, bRow, start, scratch, Columns, add);
        for (int i = 0; i < rows; i++) Copy(scratch + i * Columns, to + i * toRow, columns);
    }

    // Sixteen columns side by side, row below row; what is not there is zero.
    private static void Pack(float* to, Matrix b, int depth, int columns)
    {
        for (int k = 0; k < depth; k++)
            for (int j = 0; j < Columns; j++) to[k * Columns + j] = j < columns ? b.At[k * b.Row + j * b.Column] : 0;
    }

    private static void Copy(float* from, float* to, int values) =>
        new ReadOnlySpan<float>(from, values).CopyTo(new Span<float>(to, values));
}
