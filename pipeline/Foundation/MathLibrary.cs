using System.Runtime.InteropServices;

namespace TauPipeline.Foundation;

/// <summary>
/// The C library's mathematics, behind the transcendental functions of <see cref="Math"/>. Two libraries, and one library on two
/// processors (glibc takes others where there is fused multiply-add), differ in last bits; whatever can change is seen in the
/// results of many arguments, and nothing is told apart by a processor's name that gives the same.
/// </summary>
public static partial class MathLibrary
{
    // One argument in some hundred has another last bit; each function is asked for so many.
    private const int Arguments = 1000;

    private static readonly Lazy<IReadOnlyList<string>> Found = new(() => [$"{Name()}, results {Results()}"]);

    /// <summary>For the <c>Tools</c> of every step that uses one of <see cref="Functions"/>.</summary>
    public static IReadOnlyList<string> Tools => Found.Value;

    /// <summary>
    /// Functions of <see cref="Math"/> that the C library works out, by name; the others are exact and the same everywhere.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<double, double>> Functions { get; } = new SortedDictionary<string, Func<double, double>>(
        StringComparer.Ordinal)
    {
        ["Acos"] = x => Math.Acos(Near0(x)),
        ["Acosh"] = x => Math.Acosh(1 + Math.Abs(x)),
        ["Asin"] = x => Math.Asin(Near0(x)),
        ["Asinh"] = Math.Asinh,
        ["Atan"] = Math.Atan,
        ["Atan2"] = x => Math.Atan2(x, 0.37),
        ["Atanh"] = x => Math.Atanh(Near0(x)),
        ["Cbrt"] = Math.Cbrt,
        ["Cos"] = Math.Cos,
        ["Cosh"] = Math.Cosh,
        ["Exp"] = Math.Exp,
        ["Log"] = x => Math.Log(Math.Abs(x)),
        ["Log10"] = x => Math.Log10(Math.Abs(x)),
        ["Log2"] = x => Math.Log2(Math.Abs(x)),
        ["Pow"] = x => Math.Pow(Math.Abs(x), 0.37),
        ["Sin"] = Math.Sin,
        ["SinCos"] = x => Math.SinCos(x) is var (sine, cosine) ? sine + 3 * cosine : 0,
        ["Sinh"] = Math.Sinh,
        ["Tan"] = Math.Tan,
        ["Tanh"] = Math.Tanh,
    };

    private static double Near0(double x) => x / 20;

    // From -20 to 20 and never 0: multiples of the golden section, which fill a stretch evenly.
    private static string Results()
    {
        double[] results = [.. from function in Functions.Values from i in Enumerable.Range(1, Arguments) select function(Argument(i))];
        return ContentHash.Of(MemoryMarshal.AsBytes(results.AsSpan())).Short;
    }

    private static double Argument(int i) => 40 * (i * 0.6180339887498949 % 1) - 20;

    private static string Name()
    {
        try { return $"glibc {Marshal.PtrToStringUTF8(gnu_get_libc_version())}"; }
        catch (Exception other) when (other is EntryPointNotFoundException or DllNotFoundException) { return "C library"; }
    }

    [LibraryImport("libc")]
    private static partial nint gnu_get_libc_version();
}
