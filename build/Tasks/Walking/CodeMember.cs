using System.Reflection;
using System.Reflection.Metadata;
using System.Security.Cryptography;
using System.Text;

namespace TauPipeline.Tasks;

/// <summary>A line of a stage's listing: a type's skeleton, a method, or a file.</summary>
/// <param name="Name">What sets it apart from all others.</param>
/// <param name="Short">As one would say it: <c>SpectrumStage.Fill</c>.</param>
/// <param name="Hash">sha256 of its text, lower-case hexadecimal.</param>
internal sealed record CodeLine(string Name, string Short, string Hash)
{
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A member as it is in every walk that reaches it.</summary>
/// <param name="Line">Its line in a listing.</param>
/// <param name="Types">Types of ours that it names.</param>
/// <param name="Methods">Methods of ours that it calls or points at.</param>
/// <param name="Statics">Types of ours whose static fields it uses.</param>
/// <param name="Outside">Methods of others that it calls or points at.</param>
internal sealed record CodeMember(
    CodeLine Line,
    IReadOnlySet<RoomType> Types,
    IReadOnlySet<RoomMethod> Methods,
    IReadOnlySet<RoomType> Statics,
    IReadOnlySet<string> Outside);

/// <summary>All members of ours, each read once, whichever walks reach it.</summary>
internal sealed class CodeMembers(Rooms rooms)
{
    private readonly Dictionary<RoomType, CodeMember> _types = [];
    private readonly Dictionary<RoomMethod, CodeMember> _methods = [];
    private readonly Dictionary<RoomType, IReadOnlyList<RoomMethod>> _carried = [];

    public CodeMember Of(RoomType type)
    {
        if (!_types.TryGetValue(type, out CodeMember? known))
            _types[type] = known = Member(type.FullName, ShortName(type), MemberText.Of(rooms, type));
        return known;
    }

    public CodeMember Of(RoomMethod method)
    {
        if (_methods.TryGetValue(method, out CodeMember? known)) return known;
        string signature = SignatureText.Of(method.Definition.DecodeSignature(rooms.PlainNames(method.Room), null));
        return _methods[method] = Member(
            $"{method.Type.FullName}::{method.Name} {signature}",
            $"{ShortName(method.Type)}.{ShortName(method)}",
            MemberText.Of(rooms, method));
    }

    /// <summary>
    /// The methods that come with a type, called or not: constructors, accessors, operators, virtual ones and static implementations.
    /// </summary>
    public IReadOnlyList<RoomMethod> CarriedBy(RoomType type)
    {
        if (!_carried.TryGetValue(type, out IReadOnlyList<RoomMethod>? known))
            _carried[type] = known = [.. MethodsOf(type).Where(IsCarried(type))];
        return known;
    }

    public static IEnumerable<RoomMethod> MethodsOf(RoomType type) =>
        type.Definition.GetMethods().Select(handle => new RoomMethod(type.Room, handle)).Where(method => !CompilerMade.Is(method));

    /// <summary>The last part of a type's name, without arity.</summary>
    public static string ShortName(RoomType type) =>
        string.Join('.', type.FullName[(type.FullName.LastIndexOf('.') + 1)..].Split('/').Select(part => part.Split('`')[0]));

    private static string ShortName(RoomMethod method) =>
        method.Definition.Attributes.HasFlag(MethodAttributes.SpecialName)
        && method.Name.IndexOf('_', StringComparison.Ordinal) is 3 and var at
        ? method.Name[(at + 1)..]
        : method.Name;

    private static CodeMember Member(string name, string shortName, MemberText text) =>
        new(new CodeLine(name, shortName, CodeLine.HashOf(text.Text)), text.Types, text.Methods, text.Statics, text.Outside);

    private static Func<RoomMethod, bool> IsCarried(RoomType type)
    {
        HashSet<MethodDefinitionHandle> implementing =
        [
            .. type.Definition.GetMethodImplementations()
                .Select(type.Room.Reader.GetMethodImplementation)
            .Where(one => one.MethodBody.Kind == HandleKind.MethodDefinition).Select(one => (MethodDefinitionHandle)one.MethodBody)];
        // Constructors, accessors and operators all have special names.
        return method =>
            (method.Definition.Attributes & (MethodAttributes.SpecialName | MethodAttributes.Virtual)) != 0
            || implementing.Contains(method.Handle);
    }
}
