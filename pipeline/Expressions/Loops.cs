namespace TauPipeline.Expressions;

/// <summary>A function of one number, as a type: a loop over it has the call inlined.</summary>
internal interface IOfOne
{
    static abstract double Of(double x);
}

/// <summary>A function of two numbers, as a type.</summary>
internal interface IOfTwo
{
    static abstract double Of(double x, double y);
}

/// <summary>A function of four numbers, as a type.</summary>
internal interface IOfFour
{
    static abstract double Of(double x, double y, double z, double w);
}

/// <summary>Loops with a call inlined; an argument of one number stands for all places.</summary>
internal static class Loops
{
    public static void Fill<TCall>(ReadOnlySpan<double> x, Span<double> results) where TCall : struct, IOfOne
    {
        if (x.Length == 1) results.Fill(TCall.Of(x[0]));
        else
            for (int i = 0; i < results.Length && i < x.Length; i++) results[i] = TCall.Of(x[i]);
    }

    public static void Fill<TCall>(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> results) where TCall : struct, IOfTwo
    {
        if (x.Length == 1)
        {
            double one = x[0];
            if (y.Length == 1) results.Fill(TCall.Of(one, y[0]));
            else
                for (int i = 0; i < results.Length && i < y.Length; i++) results[i] = TCall.Of(one, y[i]);
        }
        else if (y.Length == 1)
        {
            double one = y[0];
            for (int i = 0; i < results.Length && i < x.Length; i++) results[i] = TCall.Of(x[i], one);
        }
        else
            for (int i = 0; i < results.Length && i < x.Length && i < y.Length; i++) results[i] = TCall.Of(x[i], y[i]);
    }

    public static void Fill<TCall>(ReadOnlySpan<ReadOnlyMemory<double>> arguments, Span<double> results) where TCall : struct, IOfFour
    {
        ReadOnlySpan<double> x = arguments[0].Span, y = arguments[1].Span, z = arguments[2].Span, w = arguments[3].Span;
        for (int i = 0; i < results.Length; i++)
            results[i] = TCall.Of(x[x.Length == 1 ? 0 : i], y[y.Length == 1 ? 0 : i], z[z.Length == 1 ? 0 : i], w[w.Length == 1 ? 0 : i]);
    }
}
