namespace Asc.Simulator.Wire;

/// <summary>Fresh ids in the providers' manner: a prefix and letters and digits.</summary>
internal static class WireId
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New(string prefix, int length) => prefix + Random.Shared.GetString(Alphabet, length);
}
